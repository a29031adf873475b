import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromoteJob, Promotion } from '../../src/api/schema';
import { PromoteModel } from '../../src/promote/model';
import { Promote } from '../../src/promote/result';
import { Text } from '../../src/text';
import { FakeClient, job } from '../fake';

const text = new Text(nullTranslator);

const RESULT: Promotion = {
  name: 'rain-tomorrow',
  version: '1.0.0',
  package: 'pipelines/rain-tomorrow',
  verdict: 'identical',
  steps: [{ name: 'clean', cells: [3, 4, 6], takes: ['raw'], gives: ['days'] }],
  comparisons: [
    { what: 'days', step: 'clean', verdict: 'identical', detail: '1,096 rows' },
    { what: 'model', step: 'train', verdict: 'not checked', detail: 'it cannot be pickled' }
  ],
  notes: ['Cell 9 only shows a figure.']
};

describe('Promote', () => {
  let client: FakeClient;
  let model: PromoteModel;
  const promote = vi.fn();
  const reveal = vi.fn();
  const draw = (isDeployment = true) =>
    render(
      <Promote
        model={model}
        text={text}
        isDeployment={isDeployment}
        isDirty={false}
        promote={promote}
        reveal={reveal}
        create={() => {}}
      />
    );
  const after = async (answer: PromoteJob | Error) => {
    client.promoteAnswer = answer;
    await model.start('n.ipynb');
  };

  beforeEach(() => {
    client = new FakeClient();
    model = new PromoteModel({ client });
    model.show('n.ipynb');
  });
  afterEach(() => {
    model.dispose();
    vi.clearAllMocks();
  });

  it('offers a deployment notebook where there is none', () => {
    draw(false);
    expect(screen.getByRole('status').textContent).toContain('Only a deployment notebook is promoted');
  });

  it('starts at a press', () => {
    draw();
    fireEvent.click(screen.getByRole('button', { name: 'Promote' }));
    expect(promote).toHaveBeenCalledOnce();
  });

  it('shows the stage, and can be cancelled', async () => {
    await after(job({ stage: 'running the notebook' }));
    draw();
    expect(screen.getByText('running the notebook')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(client.asked.at(-1)).toBe('cancel promotion p1');
  });

  it('tells the verdict in words, with its proof', async () => {
    await after(job({ state: 'done', result: RESULT }));
    draw();
    const verdict = document.querySelector('.mlnb-Promote-verdict')!;
    expect(verdict.getAttribute('data-verdict')).toBe('identical');
    expect(verdict.textContent).toBe(
      'rain-tomorrow 1.0.0The pipeline computes exactly what the notebook computes.'
    );
    expect(screen.getByText('1 value is identical')).toBeTruthy();
    const rows = [...document.querySelectorAll('.mlnb-Promote-comparisons tbody tr')].map(
      each => each.textContent
    );
    expect(rows).toEqual(['modeltrainNot checkedit cannot be pickled', 'dayscleanIdentical']);
    expect(document.querySelector('.mlnb-Promote-steps')?.textContent).toBe('clean cells 4–5, 7raw → days');
    fireEvent.click(screen.getByRole('button', { name: 'Open package' }));
    expect(reveal).toHaveBeenCalledWith('pipelines/rain-tomorrow');
  });

  it.each([
    [job({ state: 'failed', problem: 'Cell 4 reads from the network.' }), 'Cell 4 reads from the network.'],
    [new Error('It is not saved.'), 'It is not saved.']
  ])('says why it failed', async (answer, message) => {
    await after(answer);
    draw();
    expect(screen.getByRole('alert').textContent?.trim()).toBe(message);
  });

  it('says that a cancelled promotion left nothing behind', async () => {
    await after(job({ state: 'cancelled' }));
    draw();
    expect(screen.getByText('Cancelled: nothing was promoted.')).toBeTruthy();
  });
});
