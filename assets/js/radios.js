import { Radios } from 'govuk-frontend';

// GOV.UK's radios say aria-expanded, which the role of a radio does not allow. What an answer
// reveals comes next in the reading order, so nothing is lost without it.
export class PlainRadios extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute('aria-expanded');
  }
}
