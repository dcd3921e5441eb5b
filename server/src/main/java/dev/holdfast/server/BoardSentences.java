package dev.holdfast.server;

import dev.holdfast.attest.Board;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.picture.BoardCaption;
import dev.holdfast.picture.BoardWords;

/** What is said of a board as it is now. */
final class BoardSentences {
  private BoardSentences() {}

  /** Its grade as a sentence, which says so where it rests on the host's word. */
  static String grade(Board board, MessageCatalogue catalogue) {
    return catalogue.say(board.reason().code(), board.reason().arguments());
  }

  static BoardCaption caption(BoardReading.Drawn drawn, MessageCatalogue catalogue) {
    return new BoardCaption(
        catalogue.language().getLanguage(),
        catalogue.say("graph.title", drawn.board().id()),
        grade(drawn.board(), catalogue),
        drawn.simulated(),
        BoardWords.from(catalogue::pattern));
  }
}
