/// The fee rates at which histograms of different servers are compared (methods 4.3): 64 from 0.1 to
/// 1000 sat/vB in equal ratios, rounded to 4 significant digits, so that no machine's logarithm shows.
enum FeeGrid {
  /// Unit: sat/vB.
  static let rates: [Double] = [
    0.1, 0.1157, 0.134, 0.1551, 0.1795, 0.2077, 0.2404, 0.2783, 0.3221, 0.3728, 0.4314, 0.4994,
    0.578, 0.669, 0.7743, 0.8962, 1.037, 1.201, 1.389, 1.608, 1.861, 2.154, 2.494, 2.886, 3.34,
    3.866, 4.475, 5.179, 5.995, 6.939, 8.031, 9.295, 10.76, 12.45, 14.41, 16.68, 19.31, 22.35,
    25.86, 29.94, 34.65, 40.1, 46.42, 53.72, 62.18, 71.97, 83.3, 96.41, 111.6, 129.2, 149.5, 173,
    200.3, 231.8, 268.3, 310.5, 359.4, 416, 481.4, 557.2, 644.9, 746.5, 864, 1000,
  ]
}
