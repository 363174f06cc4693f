/** Who is signed in on this page. */
export const user = document.body.dataset.user;
