/** Scripts that are no modules and leave a global: each is loaded once, by whoever needs it first. */

const loading = new Map();

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      loading.delete(address); // whoever asks again may have more luck
      script.remove();
      reject(new Error(`${address} did not load`));
    });
    document.head.append(script);
  });
}

/** loadClassic("/vendor/…/thing.js") → Promise; kept when the script has run. */
export function loadClassic(address) {
  if (!loading.has(address)) loading.set(address, load(address));
  return loading.get(address);
}
