/** How the shell tells the sandboxed preload the app's version: an argument of its process, so that no question has to wait. */
export const APP_VERSION_ARGUMENT = '--weir-version=';
