import Ordering
import Records

/// What happened to servers, by epoch and from whatever vantage it was seen.
///
/// In an epoch a server is up where any vantage reached it, and down where none did and one tried. A
/// shorter outage is one vantage's: it saw the server up, down and up again, and no other vantage
/// reached the server in between.
struct EventLog {
  /// What an epoch shows of one server so far, and how it was before.
  private struct Track {
    var epoch: Int
    var firstUp: Int?
    var firstDown: Int?
    /// A down that nothing excuses.
    var isBlamed = false
    var excuse: ExclusionRule?
    /// Of the epochs before.
    var wasUp: Bool?
    var lastKnown = 0
    var fall: ExclusionRule?
    /// Last observation in this epoch.
    var latest = 0
  }

  /// What one vantage saw of one server since it was last up there.
  private struct Fall {
    let upAt: Int
    var firstDown: Int?
    var lastDown = 0
    /// First epoch of a down behind that of `upAt`.
    var outEpoch: Int?
    var isBlamed = false
    var excuse: ExclusionRule?
  }

  private struct Key: Hashable {
    let serverID: String
    let epoch: Int
    let kind: ServerChange
  }

  private struct Entry {
    var seconds: Int
    var gapSeconds: Int?
    var excluded: ExclusionRule?
    var claim: ServerSighting.Claim?
  }

  private let rules: SeriesRules
  private var tracks: [String: Track] = [:]
  /// By server and vantage.
  private var falls: [String: [String: Fall]] = [:]
  private var entries: [Key: Entry] = [:]

  init(_ rules: SeriesRules) { self.rules = rules }

  /// Takes in a state; times ascend.
  mutating func take(
    _ state: Liveness, of serverID: String, from vantage: String, excused: ExclusionRule?,
    at seconds: Int
  ) {
    // That a way there failed says nothing of the server.
    guard state != .unknown, excused != .path else { return }
    takeFall(state, serverID, vantage, excused, seconds)
    let epoch = rules.epoch(of: seconds)
    var track = tracks[serverID] ?? Track(epoch: epoch)
    if track.epoch < epoch {
      close(&track, serverID)
      track.epoch = epoch
    }
    track.latest = seconds
    if state == .up {
      track.firstUp = track.firstUp ?? seconds
    } else {
      track.firstDown = track.firstDown ?? seconds
      if excused == nil { track.isBlamed = true }
      track.excuse = track.excuse ?? excused
    }
    tracks[serverID] = track
  }

  private mutating func takeFall(
    _ state: Liveness, _ serverID: String, _ vantage: String, _ excused: ExclusionRule?,
    _ seconds: Int
  ) {
    guard state == .up else {
      guard var fall = falls[serverID]?[vantage] else { return }
      let epoch = rules.epoch(of: seconds)
      if epoch != rules.epoch(of: fall.upAt) { fall.outEpoch = fall.outEpoch ?? epoch }
      fall.firstDown = fall.firstDown ?? seconds
      fall.lastDown = seconds
      if excused == nil { fall.isBlamed = true }
      fall.excuse = fall.excuse ?? excused
      falls[serverID]?[vantage] = fall
      return
    }
    let known = falls[serverID] ?? [:]
    falls[serverID, default: [:]][vantage] = Fall(upAt: seconds)
    guard let fall = known[vantage], let down = fall.firstDown,
      // Epochs in which it was only down tell of it themselves.
      fall.outEpoch.map({ $0 >= rules.epoch(of: seconds) }) ?? true,
      known.allSatisfy({ $0.key == vantage || $0.value.upAt < fall.upAt })
    else { return }
    let excuse = fall.isBlamed ? nil : fall.excuse
    add(.down, serverID, seconds: down, since: fall.upAt, excluded: excuse)
    add(.return, serverID, seconds: seconds, since: fall.lastDown, excluded: excuse)
  }

  /// Takes in a change of version, certificate or address, or a restart.
  mutating func take(
    _ change: SeenChange, of sighting: ServerSighting, fall: ExclusionRule?, at seconds: Int
  ) {
    add(
      change.kind, sighting.serverID, seconds: seconds, since: change.since,
      excluded: fall == .path ? nil : fall,
      claim: [.version, .restart].contains(change.kind) ? sighting.claim : nil)
  }

  /// Judges an epoch that is over.
  private mutating func close(_ track: inout Track, _ serverID: String) {
    guard track.firstUp != nil || track.firstDown != nil else { return }
    let isUp = track.firstUp != nil
    if isUp, track.wasUp == false, let seconds = track.firstUp {
      add(.return, serverID, seconds: seconds, since: track.lastKnown, excluded: track.fall)
    }
    if !isUp {
      let excuse = track.isBlamed ? nil : track.excuse
      if track.wasUp == true, let seconds = track.firstDown {
        add(.down, serverID, seconds: seconds, since: track.lastKnown, excluded: excuse)
      }
      if track.wasUp != false { track.fall = excuse }
    } else {
      track.fall = nil
    }
    track.wasUp = isUp
    track.lastKnown = track.latest
    track.firstUp = nil
    track.firstDown = nil
    track.isBlamed = false
    track.excuse = nil
  }

  private mutating func add(
    _ kind: ServerChange, _ serverID: String, seconds: Int, since: Int?, excluded: ExclusionRule?,
    claim: ServerSighting.Claim? = nil
  ) {
    let key = Key(serverID: serverID, epoch: rules.epoch(of: seconds), kind: kind)
    let gap = since.map { max(0, seconds - $0) }
    let isTight = gap.map { $0 <= rules.gapSeconds } ?? false
    let entry = Entry(
      seconds: seconds, gapSeconds: gap,
      excluded: excluded ?? (isTight ? nil : .gap), claim: claim)
    // What counts goes before what does not, then what came first.
    if let known = entries[key], known.excluded == nil || entry.excluded != nil { return }
    entries[key] = entry
  }

  /// All events, the last epoch's too.
  mutating func rows(releases: ReleaseWatch) -> [ServerEvent] {
    for (serverID, track) in tracks {
      var track = track
      close(&track, serverID)
      tracks[serverID] = track
    }
    return entries.map { key, entry in
      var excluded = entry.excluded
      if excluded == nil, let claim = entry.claim, releases.isWave(claim, at: entry.seconds) {
        excluded = .release
      }
      return ServerEvent(
        serverID: key.serverID, kind: key.kind, epochStart: rules.start(ofEpoch: key.epoch)
      ).with {
        $0.epoch = key.epoch
        $0.gapHours = entry.gapSeconds.map { Double($0) / 3600 }
        $0.excluded = excluded
      }
    }
    .sorted {
      ($0.serverID, $0.epoch, $0.kind.rawValue) < ($1.serverID, $1.epoch, $1.kind.rawValue)
    }
  }
}
