// Passkeys: shows the ways to them where this browser has them, asks the device, sends in what it answers.
// Without it, without HTTPS or on a numeric address, the pages offer codes and say nothing of a broken button.
{
  const usable = isSecureContext && "PublicKeyCredential" in window && !/^[\d.]+$|:/.test(location.hostname);

  // On the wire bytes are base64 with - and _; older browsers have no words of their own for it.
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (listed = []) => listed.map((key) => ({ ...key, id: bytes(key.id) }));

  const ask = {
    create: (asked) => navigator.credentials.create({ publicKey: {
      ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: keys(asked.excludeCredentials),
    } }),
    get: (asked) => navigator.credentials.get({ publicKey: {
      ...asked, challenge: bytes(asked.challenge), allowCredentials: keys(asked.allowCredentials),
    } }),
  };

  function answered(key) {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
  }

  // The device's own sentences speak the browser's language; ours stand in the page, hidden until they are true.
  function say(form, what) {
    form.querySelectorAll("[data-portal-said]").forEach((said) => { said.hidden = said.dataset.portalSaid !== what; });
  }

  async function send(form) {
    if (form.dataset.portalAsking) return;
    form.dataset.portalAsking = "";
    say(form, "");
    try {
      const { publicKey } = JSON.parse(form.dataset.portalQuestion);
      form.elements.credential.value = answered(await ask[form.dataset.portalPasskey](publicKey));
      form.submit();
    } catch (refused) {
      say(form, refused.name === "InvalidStateError" ? "known" : "nothing");
    }
    delete form.dataset.portalAsking;
  }

  if (usable) {
    document.querySelectorAll("[data-portal-with-passkeys]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-portal-without-passkeys]").forEach((part) => { part.hidden = true; });
    document.querySelectorAll("form[data-portal-passkey]").forEach((form) => {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        send(form);
      });
    });
  }
}
