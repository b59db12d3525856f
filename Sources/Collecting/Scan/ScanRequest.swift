/// What the command line asks of `collect scan`.
public struct ScanRequest: Sendable {
  public enum Unfinished: String, Sendable, CaseIterable {
    /// Go on with it; asks nothing twice.
    case resume
    /// Keep it as it is, `complete: false`.
    case publish
    case discard
  }

  /// Folder of the dataset's raw evidence.
  public var output: String
  /// Descriptor of a simulated network.
  public var simulatedNetwork: String?
  /// Contact a public network.
  public var isLive: Bool
  /// Print the plan and end.
  public var isDryRun: Bool
  /// Scans to take.
  public var count: Int
  /// From the start of one to the start of the next; nil: one after the other.
  public var interval: Duration?
  /// What becomes of a scan that an earlier run did not bring to its end.
  public var unfinished: Unfinished
  /// A table on standard output behind each scan.
  public var printsSummary: Bool
  /// In place of the parameter.
  public var vantage: String?
  /// Names and addresses in hosts(5) form that come before DNS.
  public var hostsFile: String?
  /// Besides the list that the parameters name.
  public var optOutFile: String?

  public init(
    output: String, simulatedNetwork: String? = nil, isLive: Bool = false, isDryRun: Bool = false,
    count: Int = 1, interval: Duration? = nil, unfinished: Unfinished = .resume,
    printsSummary: Bool = false, vantage: String? = nil, hostsFile: String? = nil,
    optOutFile: String? = nil
  ) {
    self.output = output
    self.simulatedNetwork = simulatedNetwork
    self.isLive = isLive
    self.isDryRun = isDryRun
    self.count = count
    self.interval = interval
    self.unfinished = unfinished
    self.printsSummary = printsSummary
    self.vantage = vantage
    self.hostsFile = hostsFile
    self.optOutFile = optOutFile
  }
}
