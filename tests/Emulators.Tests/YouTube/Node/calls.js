// Makes each call once with Google's client for Node: node calls.js <root of the API> <access token> <id of a video>.
// Prints what the answers say, as one JSON object.
const { auth, youtube } = require('@googleapis/youtube');
const { Readable } = require('node:stream');

const [rootUrl, token, videoId] = process.argv.slice(2);
const srt = '1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:01:04,000\nBye.\n';

async function calls() {
  const account = new auth.OAuth2();
  account.setCredentials({ access_token: token });
  const api = youtube({ version: 'v3', auth: account });
  const here = { rootUrl }; // an option of each call: as one of the client it keeps only the host, and leaves uploads at Google

  const before = await api.videos.list({ part: ['snippet', 'status'], id: [videoId] }, here);
  const snippet = { title: 'Renamed by Node', description: 'Ä ö – ✓', categoryId: '24' };
  const updated = await api.videos.update({ part: ['snippet'], requestBody: { id: videoId, snippet } }, here);
  const inserted = await api.captions.insert({
    part: ['snippet'],
    requestBody: { snippet: { videoId, language: 'en', name: 'English' } },
    media: { mimeType: 'application/octet-stream', body: Readable.from([srt]) },
  }, here);
  const captions = await api.captions.list({ part: ['snippet'], videoId }, here);
  const thumbnail = await api.thumbnails.set({
    videoId,
    media: { mimeType: 'image/jpeg', body: Readable.from([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])]) },
  }, here);
  const refused = await api.videos
    .update({ part: ['snippet'], requestBody: { id: videoId, snippet: { title: 'without a category' } } }, here)
    .then(() => null, (error) => error);

  return {
    title: before.data.items[0].snippet.title,
    updatedTitle: updated.data.snippet.title,
    insertedCaptions: inserted.data.id,
    listedCaptions: captions.data.items.map((track) => track.id),
    thumbnails: thumbnail.data.items.length,
    refusal: refused?.response?.data?.error?.errors?.[0]?.reason ?? String(refused),
  };
}

calls().then((result) => console.log(JSON.stringify(result)), (error) => {
  console.error(error);
  process.exitCode = 1;
});
