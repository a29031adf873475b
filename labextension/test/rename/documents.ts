// Open documents that only write down what they are asked.

import { Signal } from '@lumino/signaling';
import type { IMove, IOpenDocuments } from '../../src/notebook/tokens';

export class FakeDocuments implements IOpenDocuments {
  readonly moved = new Signal<this, IMove>(this);
  readonly asked: string[] = [];
  renameAnswer: Error | null = null;

  save = async (path: string): Promise<boolean> => {
    this.asked.push(`save ${path}`);
    return true;
  };

  follow = async (changed: Parameters<IOpenDocuments['follow']>[0] = {}): Promise<void> => {
    const { moves = [], gone = [] } = changed;
    this.asked.push(`follow ${JSON.stringify([...moves.map(each => [each.old, each.new]), ...gone])}`);
  };

  rename = async (move: IMove): Promise<void> => {
    this.asked.push(`rename ${move.old} ${move.new}`);
    if (this.renameAnswer) {
      throw this.renameAnswer;
    }
    this.moved.emit(move);
  };
}
