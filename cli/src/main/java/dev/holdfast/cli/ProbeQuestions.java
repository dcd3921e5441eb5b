package dev.holdfast.cli;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.Questions;
import dev.holdfast.probe.RoundSettings;
import dev.holdfast.probe.Timings;
import dev.holdfast.probe.net.QuestionSender;
import dev.holdfast.probe.net.UdpSocket;
import java.security.SecureRandom;

/** Asks questions that are no challenges of a round: plain ones, or for a diagnosis. */
final class ProbeQuestions implements ProbeAsk {
  private final UdpSocket socket;
  private final Questions form;

  ProbeQuestions(UdpSocket socket, Questions form) {
    this.socket = socket;
    this.form = form;
  }

  @Override
  public boolean keyed() {
    return form.keyed();
  }

  @Override
  public Timings ask(PeerAddress to, RoundSettings settings) {
    return new QuestionSender(socket, form, new SecureRandom()).ask(to, settings);
  }

  @Override
  public void close() {
    socket.close();
  }
}
