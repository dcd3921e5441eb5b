package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.detect.HostFold;
import dev.holdfast.detect.LeaseDecision;
import dev.holdfast.detect.WatchTerms;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.store.BlobStore;
import dev.holdfast.ledger.store.LogFolder;
import dev.holdfast.ledger.store.LogSettings;
import dev.holdfast.ledger.store.LogWriter;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.RevocationList;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.Tick;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One process that runs a fleet: intake, ledger, fold, views, and their HTTP form. */
public final class HoldfastServer implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofMinutes(30);

  /** The most that one notification may take. */
  private static final Duration POSTING = Duration.ofSeconds(15);

  static final Settings SETTINGS =
      Settings.DEFAULT.withToleratedFaults(WatchTerms.USUAL.toleratedFaults());

  private final InstantSource clock;
  private final SecureRandom random;
  private final LogWriter log;
  private final LogFolder logFolder;
  private final BlobStore blobs;
  private final Views views;
  private final LedgerKeeper keeper;
  private final Intake intake;
  private final Tokens tokens;
  private final Feed feed = new Feed();
  private final FleetReading fleet;
  private final BoardReading boards;
  private final ChipResults results;
  private final HistoryReading history;
  private final ProofReading proofs;
  private final PolicyDesk policy;
  private final NoteDesk notes;
  private final CustodyDesk custody;
  private final CaseDesk cases;
  private final DisclosureDesk disclosures;
  private final LeaseKeys leaseKeys;
  private final LeaseDesk leases;
  private final LeaseBook leaseBook;
  private final LicenceDesk licences;
  private final LandmarkDesk landmarks;
  private final LedgerReading ledger;
  private final Webhooks webhooks;
  private final SiteRecords siteRecords;
  private final SiteSearch search;
  private final Bundles bundles;
  private final CaseDossiers dossiers;
  private final DisclosureDrafts drafts;
  private final Thread ticker;
  private final String vkey;
  private final SourceId source;
  private final StatementKey ownKey;
  private volatile boolean closing;
  private @Nullable Api api;

  private HoldfastServer(
      ServerSettings settings,
      InstantSource clock,
      SecureRandom random,
      LogWriter log,
      Views views,
      BlobStore blobs)
      throws IOException {
    this.clock = clock;
    this.random = random;
    this.log = log;
    this.views = views;
    this.blobs = blobs;
    ServerFolder folder = new ServerFolder(settings.data());
    tokens = Tokens.open(settings.data(), random, clock.instant());
    VerifierKey logKey = folder.logSigner().key();
    vkey = logKey.vkey();
    source = new SourceId("server:" + logKey.name());
    HeldKey serverKey = HeldKey.read(folder.serverKey());
    ownKey = serverKey.publicKey();
    logFolder = LogFolder.at(folder.log());
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    HostFold fold = new HostFold(atlas, SETTINGS, SILENCE);
    ViewWriter writer = new ViewWriter(views.writer());
    long size = log.checkpoint().checkpoint().size();
    long applied = writer.meta("applied").map(Long::parseLong).orElse(0L);
    if (applied > size) {
      throw new CodedException(
          Problem.in(
              settings.data().toString(),
              ErrorCode.LOG_DAMAGED,
              "the views know "
                  + applied
                  + " entries, the log has "
                  + size
                  + ": one of them was put back from another time; holdfast rebuild makes the views"
                  + " again"));
    }
    LedgerFold ledgerFold = new LedgerFold(writer, fold, atlas, this::blob, ownKey, chains(views));
    writer
        .meta("now")
        .ifPresent(now -> ledgerFold.resume(Instant.ofEpochMilli(Long.parseLong(now))));
    new WaitingRounds(views, logFolder, source).takeAgain(ledgerFold, applied, size);
    keeper = new LedgerKeeper(views, writer, ledgerFold, applied, this::watched);
    keeper.catchUp(logFolder, size, settings.progress());
    bundles = new Bundles(views, logFolder, this::blob, ownKey, earth, atlas, SETTINGS);
    dossiers = new CaseDossiers(views, logFolder, this::blob, bundles);
    Pager pager = new Pager(views);
    ReportForm form = new ReportForm(fold);
    fleet = new FleetReading(views, pager, form, atlas, logFolder, vkey);
    boards = new BoardReading(views, pager);
    results = new ChipResults(serverKey.signing(), settings.results());
    history = new HistoryReading(views, pager, atlas);
    siteRecords = new SiteRecords(views);
    search = new SiteSearch(siteRecords);
    proofs = new ProofReading(logFolder, vkey);
    policy = new PolicyDesk(settings.policy(), clock, pager, views);
    drafts = new DisclosureDrafts(views, policy::classification);
    intake =
        new Intake(
            log,
            keeper,
            history::indexOf,
            this::blob,
            serverKey.signing(),
            source,
            verifier(),
            chains(views),
            clock);
    notes = new NoteDesk(views, pager, intake, keeper, clock);
    custody = new CustodyDesk(views, pager, intake, keeper, clock);
    cases = new CaseDesk(views, pager, intake, keeper, clock, form);
    leaseBook = new LeaseBook(views, pager, intake, clock);
    disclosures = new DisclosureDesk(views, pager, intake, keeper, clock);
    webhooks =
        new Webhooks(
            settings.data(),
            new WebhookPost(
                settings.webhookNetworks(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                POSTING),
            new WebhookWords(logKey.name()),
            views,
            size,
            clock,
            random,
            this::uri);
    leaseKeys = LeaseKeys.open(folder.keys(), serverKey, clock, random);
    leases =
        new LeaseDesk(
            intake::check,
            this::decide,
            this::checkpoint,
            leaseKeys::present,
            clock,
            random,
            leaseBook::keep);
    licences = new LicenceDesk(keeper);
    landmarks = new LandmarkDesk(views, atlas);
    ledger = new LedgerReading(views, logFolder, logKey, settings.witnesses().policy());
    ticker = Thread.ofPlatform().daemon().name("ticks").unstarted(() -> tick(settings.tick()));
    keeper.start();
  }

  /**
   * Opens what a folder holds; where that fails, nothing of it is held.
   *
   * @param again whether the views are made again from the ledger
   */
  private static HoldfastServer open(
      ServerSettings settings, InstantSource clock, SecureRandom random, boolean again)
      throws IOException {
    ServerFolder folder = new ServerFolder(settings.data());
    if (!again) {
      folder.prepare(settings.origin(), random, clock);
    } else if (!Files.exists(folder.logKey())) {
      throw new CodedException(
          Problem.in(
              settings.data().toString(), ErrorCode.NOT_A_LOG, "no server was ever started here"));
    }
    Deque<Runnable> opened = new ArrayDeque<>();
    try {
      LogWriter log =
          LogWriter.open(
              folder.log(),
              List.of(folder.logSigner()),
              settings.witnesses(),
              LogSettings.defaults(),
              clock);
      opened.push(log::close);
      if (again) {
        // Only now is it certain that no other process uses them.
        Views.delete(settings.data());
      }
      Views views = Views.open(settings.data());
      opened.push(views::close);
      BlobStore blobs = BlobStore.open(folder.blobs());
      opened.push(blobs::close);
      return new HoldfastServer(settings, clock, random, log, views, blobs);
    } catch (IOException | RuntimeException e) {
      opened.forEach(Runnable::run);
      throw e;
    }
  }

  /**
   * Starts a server.
   *
   * @throws CodedException where its folder, keys or port cannot be used
   */
  public static HoldfastServer start(
      ServerSettings settings, InstantSource clock, SecureRandom random) {
    try {
      HoldfastServer server = open(settings, clock, random, false);
      try {
        var _ = server.sayTick();
        server.ticker.start();
        server.api = Api.start(settings, server);
        server.webhooks.start();
        return server;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              settings.data().toString(),
              ErrorCode.FILE_UNREADABLE,
              String.valueOf(e.getMessage())),
          e);
    }
  }

  /**
   * Makes the views of a folder again from its ledger.
   *
   * @return how many entries there are
   * @throws CodedException NOT_A_LOG where no server was, LOG_IN_USE where one runs
   */
  public static long rebuild(ServerSettings settings, InstantSource clock, SecureRandom random) {
    try {
      try (HoldfastServer server = open(settings, clock, random, true)) {
        return server.keeper.next();
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              settings.data().toString(),
              ErrorCode.FILE_UNWRITABLE,
              String.valueOf(e.getMessage())),
          e);
    }
  }

  /**
   * Whether the views were made before the watch was, which then knows nothing of what was told
   * before: making them again mends that.
   */
  public boolean watchIsBehind() {
    return views.read(handle ->
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM site WHERE id NOT IN"
                    + " (SELECT key FROM watch WHERE kind = 'site'))")
            .mapTo(Boolean.class)
            .one());
  }

  private static Map<SourceId, Chain> chains(Views views) {
    return views.read(handle -> {
      Map<SourceId, Chain> chains = new HashMap<>();
      handle
          .createQuery("SELECT name, length, last FROM source")
          .map((row, context) ->
              new Chain(
                  new SourceId(row.getString("name")),
                  row.getLong("length"),
                  new Sha256(row.getString("last"))))
          .forEach(chain -> chains.put(chain.source(), chain));
      return chains;
    });
  }

  private Optional<byte[]> blob(Sha256 hash) {
    return blobs.read(Hash.of(hash.octets()));
  }

  /** Whether a host gets a lease; nobody does by a watch that does not hear any more. */
  private LeaseDecision decide(TargetId host, Instant now) {
    if (!ready()) {
      throw new CodedException(
          Problem.of(ErrorCode.LOG_STOPPED, "the views have stopped, so nothing fresh is known"));
    }
    return keeper.ask(fold -> fold.lease(host, now));
  }

  /** The newest checkpoint of the log, as it is published. */
  private String checkpoint() {
    try {
      return new String(logFolder.signedCheckpoint().octets(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CertificateVerifier verifier() {
    return views.read(Rows::verifier);
  }

  private void watched(List<ViewWriter.Event> events) {
    feed.tell(events);
    intake.forgetApplied();
    webhooks.nudge();
  }

  /**
   * Writes the time of its clock into the ledger, beside the ticks that it writes by itself, and
   * waits until that is in the views: for whoever moves the clock.
   */
  public void passTime() throws InterruptedException {
    keeper.await(join(sayTick().index()));
  }

  private Intake.Taken sayTick() {
    byte[] fresh = new byte[Tick.CHALLENGE];
    random.nextBytes(fresh);
    return intake.say(Tick.TYPE, clock.instant(), Tick.content(fresh));
  }

  private void tick(Duration every) {
    long next = System.nanoTime() + every.toNanos();
    while (!closing) {
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
      if (!closing && System.nanoTime() >= next) {
        next += every.toNanos();
        try {
          var _ = sayTick();
        } catch (CodedException e) {
          // The log has stopped: /readyz says so, and so does every answer.
          return;
        }
      }
    }
  }

  // ---- what the interface asks for

  InstantSource clock() {
    return clock;
  }

  Tokens tokens() {
    return tokens;
  }

  Feed feed() {
    return feed;
  }

  FleetReading fleet() {
    return fleet;
  }

  ChipResults results() {
    return results;
  }

  BoardReading boards() {
    return boards;
  }

  HistoryReading history() {
    return history;
  }

  ProofReading proofs() {
    return proofs;
  }

  PolicyDesk policy() {
    return policy;
  }

  NoteDesk notes() {
    return notes;
  }

  CustodyDesk custody() {
    return custody;
  }

  CaseDesk cases() {
    return cases;
  }

  Webhooks webhooks() {
    return webhooks;
  }

  DisclosureDesk disclosures() {
    return disclosures;
  }

  LeaseKeys leaseKeys() {
    return leaseKeys;
  }

  LeaseDesk leases() {
    return leases;
  }

  LeaseBook leaseBook() {
    return leaseBook;
  }

  LicenceDesk licences() {
    return licences;
  }

  LandmarkDesk landmarks() {
    return landmarks;
  }

  LedgerReading ledger() {
    return ledger;
  }

  SiteRecords siteRecords() {
    return siteRecords;
  }

  SiteSearch search() {
    return search;
  }

  Bundles bundles() {
    return bundles;
  }

  CaseDossiers dossiers() {
    return dossiers;
  }

  DisclosureDrafts drafts() {
    return drafts;
  }

  Intake intake() {
    return intake;
  }

  BlobStore blobs() {
    return blobs;
  }

  LogFolder logFolder() {
    return logFolder;
  }

  /** Keeps a blob durably. */
  void putBlob(byte[] octets) {
    var _ = blobs.put(octets);
  }

  boolean isClosing() {
    return closing;
  }

  int behind() {
    return keeper.behind();
  }

  /** Whether it takes in and keeps up. */
  boolean ready() {
    return keeper.failure() == null;
  }

  /** Says what somebody declared, and waits until it is in the views. */
  List<Long> declare(String actor, List<FleetItem> items) throws InterruptedException {
    List<CompletableFuture<Long>> said = new ArrayList<>();
    for (int from = 0; from < items.size(); from += Registration.MOST) {
      List<FleetItem> part = items.subList(from, Math.min(items.size(), from + Registration.MOST));
      said.add(
          intake
              .say(Registration.TYPE, clock.instant(), new Registration(actor, part).content())
              .index());
    }
    List<Long> indexes = new ArrayList<>();
    for (CompletableFuture<Long> each : said) {
      indexes.add(join(each));
    }
    keeper.await(indexes.getLast());
    if (items.stream().anyMatch(FleetItem.Authority.class::isInstance)) {
      intake.believe(verifier());
    }
    return indexes;
  }

  /**
   * Says which certificates an authority has revoked, and believes them no longer once that is in
   * the views.
   *
   * @param ofDevices whether it is a manufacturer's, about its chips
   * @throws CodedException MALFORMED_REVOCATIONS where no declared authority signed the list, or a
   *     manufacturer's is none
   */
  long revoke(String actor, byte[] list, boolean ofDevices) throws InterruptedException {
    if (ofDevices) {
      var _ = DeviceRevocations.parse(list, "body");
    } else {
      var _ = RevocationList.parse(list, verifier().authorities(), "body");
    }
    long index =
        join(
            intake
                .say(
                    ServerStatements.REVOCATIONS,
                    clock.instant(),
                    new ServerStatements.Revocations(actor, list, ofDevices).content())
                .index());
    keeper.await(index);
    intake.believe(verifier());
    return index;
  }

  static long join(CompletableFuture<Long> index) {
    try {
      return index.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CodedException coded) {
        throw coded;
      }
      throw e;
    }
  }

  /** Waits until an entry is in the views. */
  void await(long index) throws InterruptedException {
    keeper.await(index);
  }

  /** What its interface may be asked. */
  List<String> routes() {
    return api == null ? List.of() : api.routes();
  }

  /** Where it listens, such as {@code http://127.0.0.1:7400/}. */
  public String uri() {
    Api started = api;
    if (started == null) {
      throw new IllegalStateException("it does not listen");
    }
    return started.uri();
  }

  /** Where the token of the administrator lies, as long as nobody has moved it. */
  public static Path adminToken(Path data) {
    return data.resolve(Tokens.ADMIN_FILE);
  }

  /** The key that the server signs its own statements with. */
  StatementKey ownKey() {
    return ownKey;
  }

  /** The key of the log, for whoever checks it. */
  public String vkey() {
    return vkey;
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(ticker);
    search.close();
    if (api != null) {
      api.close();
    }
    try {
      if (ticker.isAlive()) {
        ticker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // First the log, so that all that it acknowledges still comes to the keeper.
    try {
      log.close();
    } finally {
      keeper.close();
      webhooks.close();
      views.close();
      blobs.close();
    }
  }
}
