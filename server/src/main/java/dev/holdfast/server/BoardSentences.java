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
    String word = board.basis() == Board.Basis.SIGNED ? "" : "-declared";
    return catalogue.say(
        "board." + board.grade().word() + word,
        String.valueOf(board.members().size()),
        String.valueOf(board.members().values().stream().filter(Board.Member::isAway).count()));
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
