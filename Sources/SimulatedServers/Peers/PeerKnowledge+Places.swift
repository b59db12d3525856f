package import Statistics

extension PeerKnowledge {
  /// Places in the directory of what ElectrumX tells one client: the peers of `PeerSample.bucketed`
  /// with the same draws. Only of knowledge without additions.
  package func sampledEntries(_ random: inout Xoshiro256StarStar) -> [Int] {
    var places = knownEntries()
    random.shuffle(&places)
    var taken = [UInt8](repeating: 0, count: directory.bucketCount)
    var result: [Int] = []
    var onions: [Int] = []
    for place in places {
      guard let bucket = directory.buckets[place] else {
        onions.append(place)
        continue
      }
      guard taken[bucket] < 2 else { continue }
      taken[bucket] += 1
      result.append(place)
    }
    return result + onions.prefix(max(10, places.count / 4))
  }
}
