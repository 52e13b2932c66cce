// Passkeys: the button of a form begins the browser's own question, and its answer is sent.
// What the question holds stands in the form, or is fetched when the button is pressed.

const FORM = 'form[data-passkey]';

function bytes(text) {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

// Bytes come as text, under names that the standard gives.
function asked({ publicKey }) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
      ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
      ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
    },
  };
}

function answered(credential) {
  const response = {};
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  for (const part of parts) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function question(form) {
  const { passkeyOptions, passkeyFrom } = form.dataset;
  if (passkeyOptions) return JSON.parse(passkeyOptions);
  const answer = await fetch(passkeyFrom, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`the question did not come: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function begin(event, form) {
  event.preventDefault();
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    const options = asked(await question(form));
    const credential = await navigator.credentials[form.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(answered(credential));
    form.submit();
  } catch {
    // Whoever pressed "cancel" and whoever waited too long are told the same.
    failed.hidden = false;
  }
}

export function usePasskeys(document) {
  for (const form of document.querySelectorAll(FORM)) {
    if (!window.PublicKeyCredential || !navigator.credentials) {
      const none = form.parentElement.querySelector('[data-passkey-none]');
      if (none) none.hidden = false;
      continue;
    }
    form.hidden = false;
    form.addEventListener('submit', (event) => begin(event, form));
  }
}
