// Stands for a planning thread that does not come to an answer; `options` says how.
exports.runTask = ({ options }) => {
  if (options.trouble === 'exit') process.exit(3);
  if (options.trouble === 'memory') for (const kept = []; ;) kept.push(new Array(100_000).fill(kept.length));
  if (options.trouble === 'bug') throw new TypeError('lines is not iterable');
  const failure = {
    code: 'request.unprocessable',
    detail: 'No.',
    options: { errors: [{ pointer: '/at', detail: 'no' }] },
  };
  return { ok: false, failure };
};
