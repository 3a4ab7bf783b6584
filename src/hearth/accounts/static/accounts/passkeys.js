/* Lets the browser answer a passkey's question and sends the answer with its form. Without this script the page says
   what is missing, and every other way to sign in still works. */
const fromText = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};
const toText = (bytes) => {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

/* The question as the browser wants it: what travels as text becomes bytes. */
const question = (given) => {
  const asked = structuredClone(given.publicKey);
  asked.challenge = fromText(asked.challenge);
  if (asked.user) asked.user.id = fromText(asked.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: fromText(one.id) }));
  }
  return { publicKey: asked };
};

/* The answer as text. */
const answer = (credential) => {
  const said = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) said[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) said.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment || undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  });
};

const show = (element, shown) => element.classList.toggle("govuk-!-display-none", !shown);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const failed = form.querySelector("[data-passkey-failed]");
  if (!window.PublicKeyCredential || !button) continue;
  show(button, true);
  show(form.querySelector("[data-passkey-missing]"), false);
  form.addEventListener("submit", async (event) => {
    const field = form.elements.credential;
    event.preventDefault();
    show(failed, false);
    try {
      const asked = question(JSON.parse(form.dataset.options));
      const way = form.dataset.passkey === "create" ? "create" : "get";
      field.value = answer(await navigator.credentials[way](asked));
      form.submit();
    } catch {
      show(failed, true);
    }
  });
}
