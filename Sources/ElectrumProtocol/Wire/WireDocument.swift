/// One JSON text from the wire: its value, its shape, and what was wrong but could be read.
public struct WireDocument: Sendable, Equatable {
  /// Bounds on what is read. Beyond them reading stops with a defect; memory stays in proportion
  /// to the line.
  public struct Limits: Sendable {
    /// Nested arrays and objects.
    public var depth = 64
    /// Values of all kinds, keys not counted.
    public var values = 1_000_000
    /// Bytes of the line.
    public var bytes = 16 << 20

    public init(depth: Int = 64, values: Int = 1_000_000, bytes: Int = 16 << 20) {
      self.depth = depth
      self.values = values
      self.bytes = bytes
    }
  }

  public var value: WireValue
  public var shape: WireShape
  /// The first repaired defect of each kind, in order of position.
  public var repairs: [WireDefect]

  /// Reads one line, with or without its line end.
  /// - Parameter elements: of lists that are a result, as they were read before.
  public init(
    parsing line: some Collection<UInt8>, limits: Limits = Limits(), elements: ElementMemory? = nil
  ) throws(WireDefect) {
    guard line.count <= limits.bytes else { throw WireDefect(.tooLong, offset: limits.bytes) }
    var reader = WireReader(bytes: Array(line), limits: limits, elements: elements)
    self.value = try reader.document()
    self.shape = reader.shape
    self.repairs = reader.repairs
  }
}
