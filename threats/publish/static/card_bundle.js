// The scripts of the cards in one that is no module. It asks the page for data, not the network.
(() => {
  "use strict";
  const fetch = window.threatThemesFetch;
/* cards */
  window.threatThemesShowCard = showCard;
})();
