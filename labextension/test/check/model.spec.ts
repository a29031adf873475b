import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../src/api/schema';
import { CheckModel } from '../../src/check/model';
import { FakeClient, Later, report } from '../fake';
import { diagnostic } from './diagnostic';

describe('CheckModel', () => {
  let client: FakeClient;
  let model: CheckModel;

  beforeEach(() => {
    client = new FakeClient();
    model = new CheckModel({ client });
  });

  it('asks nothing while no notebook is open', async () => {
    await model.refresh();
    expect([model.state, client.asked]).toEqual(['none', []]);
  });

  it('has the kind, and the findings worst first', async () => {
    const found = [
      diagnostic({ severity: 'info', cell: 0 }),
      diagnostic({ severity: 'error', cell: 9 }),
      diagnostic({ severity: 'warn', cell: 4 }),
      diagnostic({ severity: 'warn', cell: 1 }),
      diagnostic({ severity: 'warn', cell: null })
    ];
    client.checkAnswer = report({ diagnostics: found });
    model.show('n.ipynb');
    await model.refresh();
    expect([model.state, model.kind]).toEqual(['checked', 'experiment']);
    expect(model.diagnostics.map(each => [each.severity, each.cell])).toEqual([
      ['error', 9],
      ['warn', null],
      ['warn', 1],
      ['warn', 4],
      ['info', 0]
    ]);
  });

  it('keeps the old findings in view during the next check', async () => {
    client.checkAnswer = report({ diagnostics: [diagnostic({})] });
    model.show('n.ipynb');
    await model.refresh();
    client.checkAnswer = new Later<CheckReport>().promise;
    void model.refresh();
    expect([model.state, model.diagnostics.length]).toEqual(['checking', 1]);
  });

  it('forgets them when another notebook comes to the front', async () => {
    client.checkAnswer = report({ diagnostics: [diagnostic({})] });
    model.show('n.ipynb');
    await model.refresh();
    model.show('other.ipynb');
    expect([model.state, model.report]).toEqual(['checking', null]);
    model.show(null);
    expect(model.state).toBe('none');
  });

  it('drops an answer about a notebook that is no longer in front', async () => {
    const slow = new Later<CheckReport>();
    client.checkAnswer = slow.promise;
    model.show('n.ipynb');
    const pending = model.refresh();
    model.show('other.ipynb');
    slow.resolve(report());
    await pending;
    expect(model.report).toBeNull();
  });

  it('says what went wrong, and recovers', async () => {
    client.checkAnswer = new Error('The file is not a notebook.');
    model.show('n.ipynb');
    await model.refresh();
    expect([model.state, model.error]).toEqual(['failed', 'The file is not a notebook.']);
    client.checkAnswer = report();
    await model.refresh();
    expect([model.state, model.error]).toEqual(['checked', null]);
  });
});
