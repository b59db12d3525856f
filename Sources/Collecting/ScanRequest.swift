/// What the command line asks of `collect scan`.
public struct ScanRequest: Sendable {
  /// Folder of the dataset's raw evidence.
  public var output: String
  /// Descriptor of a simulated network.
  public var simulatedNetwork: String?
  /// Contact a public network.
  public var isLive: Bool
  /// Print the plan and end.
  public var isDryRun: Bool
  /// Scans in a row.
  public var scans: Int
  /// In place of the parameter.
  public var vantage: String?
  /// Names and addresses in hosts(5) form that come before DNS.
  public var hostsFile: String?
  /// Besides the list that the parameters name.
  public var optOutFile: String?

  public init(
    output: String, simulatedNetwork: String? = nil, isLive: Bool = false, isDryRun: Bool = false,
    scans: Int = 1, vantage: String? = nil, hostsFile: String? = nil, optOutFile: String? = nil
  ) {
    self.output = output
    self.simulatedNetwork = simulatedNetwork
    self.isLive = isLive
    self.isDryRun = isDryRun
    self.scans = scans
    self.vantage = vantage
    self.hostsFile = hostsFile
    self.optOutFile = optOutFile
  }
}
