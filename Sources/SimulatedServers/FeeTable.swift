/// Fee rates of the simulated node, in BTC a thousand virtual bytes, as printed on the wire.
enum FeeTable {
  static let relay = "1e-06"

  private static let estimates: [(blocks: Int, rate: String)] = [
    (1, "0.00018143"), (2, "0.00016"), (3, "0.00014333"), (5, "0.00011"), (10, "7.2e-05"),
    (25, "4.871e-05"), (144, "1.8e-05"), (504, "1.25e-05"), (1008, "1.118e-05"),
  ]

  static func estimate(blocks: Int) -> String {
    estimates.last { $0.blocks <= blocks }?.rate ?? estimates[0].rate
  }
}
