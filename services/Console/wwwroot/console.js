// What plain HTML and htmx do not do: whether the page is live, ages that grow, copying, a transcript that follows the player.
(() => {
  const state = live => {
    const badge = document.querySelector('#state');
    if (!badge) return;
    badge.classList.toggle('on', live);
    badge.lastElementChild.textContent = live ? badge.dataset.live : badge.dataset.lost;
  };
  document.addEventListener('htmx:sse:after:connection', () => state(true));
  document.addEventListener('htmx:sse:error', () => state(false));
  document.addEventListener('htmx:sse:before:connection', event => { if (event.detail.connection.attempt > 0) state(false); });

  // A page that is loading while something changes may not have it: it is loaded once more. A swap forgets what htmx had queued.
  let [loading, missed] = [false, false];
  const isMain = event => event.target.id === 'main';
  document.addEventListener('changed', () => { missed = loading; });
  document.addEventListener('htmx:before:request', event => { if (isMain(event)) loading = true; });
  document.addEventListener('htmx:finally:request', event => {
    if (!isMain(event)) return;
    loading = false;
    if (missed) setTimeout(() => htmx.trigger('#main', 'changed'));
    missed = false;
  });

  const age = seconds => {
    const [count, unit] = seconds < 60 ? [seconds, 's'] : seconds < 3600 ? [seconds / 60, 'min']
      : seconds < 172800 ? [seconds / 3600, 'h'] : [seconds / 86400, 'days'];
    return seconds < 10 ? 'just now' : `${Math.floor(count)} ${unit} ago`;
  };
  setInterval(() => {
    for (const time of document.querySelectorAll('time[data-age]'))
      time.textContent = age((Date.now() - Date.parse(time.dateTime)) / 1000);
  }, 10000);

  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (button) {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    }
    const line = event.target.closest('[data-start]');
    const player = line && document.querySelector(line.closest('[data-player]').dataset.player);
    if (player) {
      player.currentTime = Number(line.dataset.start);
      player.play();
    }
  });
  document.addEventListener('timeupdate', event => {
    for (const line of document.querySelectorAll(`[data-player="#${event.target.id}"] [data-start]`))
      line.classList.toggle('now', line.dataset.start <= event.target.currentTime && event.target.currentTime < line.dataset.end);
  }, true);
})();
