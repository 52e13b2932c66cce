// What runs on our pages. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  PasswordInput,
  SkipLink,
  createAll,
} from 'govuk-frontend';
import { AddAnother, DatePicker } from '@ministryofjustice/frontend';

import { keepDrafts } from './drafts.js';
import { closeMenus } from './menus.js';
import { usePasskeys } from './passkeys.js';
import { PlainRadios } from './radios.js';
import { announceSwaps } from './swaps.js';
import { showCurrent } from './tabs.js';
import { sendWhenThereIsAConnection } from './unsent.js';

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  PasswordInput,
  PlainRadios,
  SkipLink,
  AddAnother,
  DatePicker,
];

// A part that htmx swapped in may stand beside parts that were woken before.
function onError(error) {
  if (!/already initialised/.test(error.message)) console.error(error);
}

function wake(scope) {
  for (const component of COMPONENTS) createAll(component, undefined, { scope, onError });
  keepDrafts(scope);
  showCurrent(scope);
  sendWhenThereIsAConnection(scope);
}

document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported');
}
wake(document);
closeMenus(document);
usePasskeys(document);
announceSwaps(document, wake);
