import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Question } from '../src/model';
import { Later } from './fake';

describe('Question', () => {
  const changed = vi.fn();
  let question: Question<string>;

  beforeEach(() => {
    vi.useFakeTimers();
    changed.mockClear();
    question = new Question(changed);
  });
  afterEach(() => vi.useRealTimers());

  it('goes from idle over asking to answered', async () => {
    expect([question.state, question.answer]).toEqual(['idle', null]);
    const asking = question.ask(async () => 'yes');
    expect(question.state).toBe('asking');
    expect(await asking).toBe(true);
    expect([question.state, question.answer, changed.mock.calls.length]).toEqual(['answered', 'yes', 2]);
  });

  it('keeps the answer before while the next one is under way, and when it fails', async () => {
    await question.ask(async () => 'yes');
    expect(await question.ask(() => Promise.reject(new Error('No.')))).toBe(false);
    expect([question.state, question.answer, question.error]).toEqual(['failed', 'yes', 'No.']);
  });

  it('counts the newest asking only', async () => {
    const slow = new Later<string>();
    const first = question.ask(() => slow.promise);
    await question.ask(async () => 'new');
    slow.resolve('old');
    expect([await first, question.answer]).toEqual([false, 'new']);
  });

  it('asks once, after a pause in which nothing else was asked', async () => {
    const asked = vi.fn(async () => 'yes');
    void question.ask(asked, 100);
    await vi.advanceTimersByTimeAsync(60);
    void question.ask(asked, 100);
    await vi.advanceTimersByTimeAsync(60);
    expect(asked.mock.calls.length).toBe(0);
    await vi.advanceTimersByTimeAsync(40);
    expect([asked.mock.calls.length, question.answer]).toEqual([1, 'yes']);
  });

  it('does not listen any more once it is stopped or forgotten', async () => {
    const slow = new Later<string>();
    const first = question.ask(() => slow.promise);
    question.forget();
    slow.resolve('old');
    expect([await first, question.state, question.answer]).toEqual([false, 'idle', null]);
    void question.ask(async () => 'late', 100);
    question.stop();
    changed.mockClear();
    await vi.advanceTimersByTimeAsync(1000);
    expect([question.answer, changed.mock.calls.length]).toEqual([null, 0]);
  });
});
