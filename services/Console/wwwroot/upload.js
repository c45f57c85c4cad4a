// Sends a video from this browser to Ittybit in ranges, and goes on after a pause, a cut line or a reload. Of an upload under way the
// browser keeps the key by which the console tells its address again, and how much was received; not the address, which is signed.
(() => {
  const form = document.querySelector('#upload');
  const find = id => form.querySelector(id);
  const [input, picked, refusal, sending, bar] = ['#file', '#picked', '#refusal', '#sending', 'progress'].map(find);
  const [state, numbers, start, pause, unfinished] = ['#state-of-upload', '#numbers', 'button', '#pause', '#unfinished'].map(find);
  const { texts: json, largest, range, endings } = form.dataset;
  const texts = JSON.parse(json);
  const text = (name, ...values) => texts[name].replace(/{(\d)}/g, (_, n) => values[n]);
  const prefix = 'podcast-upload:';
  const daysKept = 1;

  const size = bytes => {
    const power = Math.max(0, Math.min(4, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
    return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${['bytes', 'kB', 'MB', 'GB', 'TB'][power]}`;
  };
  const duration = seconds => seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const percent = (part, whole) => Math.floor(100 * part / whole);

  // What is known of earlier uploads, by the file's name, size and time.
  const nameOf = file => `${prefix}${file.name}:${file.size}:${file.lastModified}`;
  const recall = name => JSON.parse(localStorage.getItem(name));
  const keep = () => localStorage.setItem(nameOf(file), JSON.stringify(upload));
  const forget = name => { localStorage.removeItem(name); listUnfinished(); };
  const listUnfinished = () => {
    const names = Object.keys(localStorage).filter(name => name.startsWith(prefix));
    unfinished.replaceChildren(...names.map(name => {
      const known = recall(name);
      const [line, button] = [document.createElement('li'), document.createElement('button')];
      Object.assign(button, { type: 'button', className: 'plain', textContent: unfinished.dataset.forget });
      button.addEventListener('click', () => { forget(name); input.focus(); });
      line.append(text('unfinished', known.name, percent(known.sent, known.size)), ' ', button);
      return line;
    }));
    unfinished.hidden = names.length === 0;
  };

  let file = null, upload = null, request = null, isPaused = false, isRunning = false, wake = null;

  const refuse = sentence => {
    refusal.textContent = sentence ?? '';
    refusal.hidden = !sentence;
  };
  const problemOf = chosen => {
    const name = chosen.name.toLowerCase();
    if (!chosen.type.startsWith('video/') && !endings.split(',').some(ending => name.endsWith(ending))) return text('kind', chosen.name);
    if (chosen.size === 0) return text('empty', chosen.name);
    return chosen.size > Number(largest) ? text('large', chosen.name, size(chosen.size), size(Number(largest))) : null;
  };
  const pick = files => {
    const chosen = files[0];
    if (isRunning || !chosen) return;
    const problem = files.length > 1 ? texts.one : problemOf(chosen);
    refuse(problem);
    file = problem ? null : chosen;
    if (problem) {
      input.value = '';
      picked.textContent = picked.dataset.empty ?? picked.textContent;
      return;
    }
    upload = recall(nameOf(file));
    picked.dataset.empty ??= picked.textContent;
    picked.textContent = upload ? text('known', file.name, size(file.size), percent(upload.sent, file.size)) : text('picked', file.name, size(file.size));
    if (upload) {
      form.elements.title.value = upload.title;
      if (form.elements.show) form.elements.show.value = upload.show ?? '';
    } else if (!form.elements.title.value) {
      form.elements.title.value = file.name.replace(/\.[^.]*$/, '').replace(/[_]+/g, ' ').trim();
    }
    find('fieldset').disabled = Boolean(upload); // the key is for these
    start.textContent = upload ? texts.goOn : texts.start;
  };

  const say = sentence => { if (state.textContent !== sentence) state.textContent = sentence; };
  let since = null;
  const show = done => {
    since ??= { at: performance.now(), done };
    const rate = (done - since.done) / (performance.now() - since.at) * 1000;
    bar.value = 100 * done / file.size;
    const values = [percent(done, file.size), size(done), size(file.size)];
    numbers.textContent = rate > 0 && performance.now() - since.at > 2000
      ? text('left', ...values, duration((file.size - done) / rate)) : text('progress', ...values);
  };

  // Asks the console; what it refuses is an error with its sentence.
  const ask = async (path, fields) => {
    const body = new URLSearchParams({ ...fields, __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
    const answer = await again(() => fetch(path, { method: 'POST', body }).catch(() => null), status => [408, 429, 503, 504].includes(status));
    if (answer === null) return null;
    const told = await answer.json().catch(() => null);
    if (told === null) throw new Error(texts.console);
    if (!answer.ok) throw new Error([told.title, told.detail].filter(Boolean).join(' '));
    return told;
  };

  const put = (url, from, to) => new Promise(resolve => {
    request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (to - from < file.size) request.setRequestHeader('Content-Range', `bytes=${from}-${to - 1}/${file.size}`);
    request.upload.onprogress = event => show(from + event.loaded);
    request.onloadend = () => resolve(request.status === 0 ? null : request);
    request.send(file.slice(from, to));
  });

  // Repeats what got no answer, or a passing error, until it is answered; null when paused meanwhile.
  const again = async (attempt, isPassing) => {
    for (let wait = 1; ; wait = Math.min(2 * wait, 30)) {
      const answer = await attempt();
      if (isPaused) return null;
      if (answer && !isPassing(answer.status)) return answer;
      await file.slice(0, 1).arrayBuffer().catch(() => { throw new Error(text('unreadable', file.name)); });
      say(text('cut', wait));
      await new Promise(resolve => { wake = resolve; setTimeout(resolve, wait * 1000); });
      if (isPaused) return null;
    }
  };

  // The id that Ittybit gives the file; null when paused.
  const send = async url => {
    for (let isSecondTime = false; ; isSecondTime = true) {
      while (upload.sent < file.size) {
        say(texts.sending);
        const to = Math.min(upload.sent + Number(range), file.size);
        const answer = await again(() => put(url, upload.sent, to), status => status >= 500 || [408, 429].includes(status));
        if (answer === null) return null;
        const told = (() => { try { return JSON.parse(answer.responseText); } catch { return null; } })();
        if ([401, 403, 404, 410].includes(answer.status)) {
          forget(nameOf(file));
          upload = null;
          throw new Error(texts.ended);
        }
        if (answer.status >= 300) throw new Error(text('refused', answer.status, told?.error?.message ?? ''));
        if (answer.status !== 202 && told?.id) return told.id;
        upload.sent = to;
        keep();
        show(to);
      }
      if (isSecondTime) throw new Error(text('refused', 202, ''));
      upload.sent = 0; // it lacks a range that it had
    }
  };

  const run = async () => {
    upload ??= { key: newKey(), name: file.name, size: file.size, sent: 0, at: Date.now(), title: form.elements.title.value, show: form.elements.show?.value };
    say(texts.preparing);
    const prepared = await ask('/console/uploads', { key: upload.key, filename: file.name, filesize: file.size, title: upload.title, show: upload.show ?? '' });
    if (prepared === null) return;
    if (upload.id && upload.id !== prepared.id) upload.sent = 0; // another person's, in the same browser
    upload.id = prepared.id;
    keep();
    const id = await send(prepared.url);
    if (id === null) return;
    say(texts.confirming);
    const confirmed = await ask(`/console/uploads/${prepared.id}/confirm`, { file: id });
    if (confirmed === null) return;
    isRunning = false;
    forget(nameOf(file));
    location.assign(confirmed.location);
  };

  const begin = async () => {
    [isRunning, isPaused, since] = [true, false, null];
    refuse(null);
    sending.hidden = pause.hidden = false;
    start.hidden = true;
    input.disabled = find('fieldset').disabled = true;
    if (document.activeElement === document.body) pause.focus();
    try {
      await run();
    } catch (failure) {
      refuse(failure.message);
      say('');
    }
    if (!isRunning) return;
    isRunning = false;
    if (isPaused) say(texts.paused);
    pause.hidden = true;
    start.hidden = false;
    start.textContent = upload?.id ? texts.goOn : texts.start;
    input.disabled = false;
    find('fieldset').disabled = Boolean(upload?.id);
    if (!upload?.id) upload = null;
    start.focus();
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (isRunning) return;
    if (file) begin();
    else refuse(texts.none);
  });
  pause.addEventListener('click', () => {
    isPaused = true;
    request?.abort();
    wake?.();
  });
  input.addEventListener('change', () => pick(input.files));
  addEventListener('online', () => wake?.());
  addEventListener('beforeunload', event => { if (isRunning) event.preventDefault(); });
  for (const name of ['dragover', 'drop'])
    document.addEventListener(name, event => {
      event.preventDefault(); // the browser would show the file in place of this page
      form.classList.toggle('over', name === 'dragover');
      if (name === 'drop') pick(event.dataTransfer.files);
    });
  document.addEventListener('dragleave', () => form.classList.remove('over'));

  for (const name of Object.keys(localStorage).filter(name => name.startsWith(prefix)))
    if (Date.now() - recall(name).at > daysKept * 86400000) localStorage.removeItem(name);
  listUnfinished();
  form.hidden = false;
  const byAddress = document.querySelector('#by-address');
  byAddress.open = byAddress.querySelector('.alert') !== null;
})();
