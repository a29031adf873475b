import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NotebookHeader } from '../../src/check/header';
import { CheckModel } from '../../src/check/model';
import { statusText } from '../../src/check/status';
import { Text } from '../../src/text';
import { FakeClient, report } from '../fake';

const text = new Text(nullTranslator);

describe('NotebookHeader', () => {
  let client: FakeClient;
  let model: CheckModel;
  const continueAs = vi.fn();
  const rename = vi.fn();
  const draw = () =>
    render(<NotebookHeader model={model} text={text} continueAs={continueAs} rename={rename} />);

  beforeEach(() => {
    vi.clearAllMocks();
    client = new FakeClient();
    model = new CheckModel({ client });
    model.show('n.ipynb');
  });

  it('says kind, number and title, and leads on', async () => {
    await model.refresh();
    const view = draw();
    expect(view.container.querySelector('.mlnb-NotebookHeader-text')?.textContent).toBe(
      'Experiment 030XContinue as'
    );
    fireEvent.click(screen.getByRole('button', { name: 'Continue as' }));
    fireEvent.click(screen.getByRole('button', { name: 'Rename notebook…' }));
    expect([continueAs.mock.calls.length, rename.mock.calls.length]).toEqual([1, 1]);
  });

  it('asks whether a scratch notebook is to be kept, also in the status bar', async () => {
    client.checkAnswer = report({ kind: null, number: null, title: '2026-11-21', scratch: true });
    await model.refresh();
    const view = draw();
    expect(view.container.textContent).toBe('Scratch2026-11-21Keep it…');
    fireEvent.click(screen.getByRole('button', { name: 'Keep it…' }));
    expect([rename.mock.calls.length, statusText(model, text)]).toEqual([1, 'scratch']);
  });

  it('offers nothing while nothing is known', () => {
    draw();
    expect(screen.queryAllByRole('button')).toEqual([]);
  });
});
