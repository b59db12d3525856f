/// What happens next in a session: a binary heap by time, then by order of entry.
struct EventQueue {
  enum Kind: UInt8 {
    case pass
    /// The reply that ends a stage of a contact arrives.
    case reply
    /// A contact fails.
    case failure
    /// The first ready server answers with headers.
    case headers
    /// The main server has named its peers.
    case peers
    /// A connection that was cut is gone.
    case closed
    /// A connection is lost.
    case loss
  }

  struct Event {
    var time: Double
    var order: UInt32
    var kind: Kind
    var stage: UInt8
    var server: Int32
  }

  private var heap: [Event] = []
  private var entered: UInt32 = 0

  mutating func removeAll() {
    heap.removeAll(keepingCapacity: true)
    entered = 0
  }

  mutating func push(_ time: Double, _ kind: Kind, server: Int = -1, stage: Int = 0) {
    let event = Event(
      time: time, order: entered, kind: kind, stage: UInt8(stage), server: Int32(server))
    entered += 1
    heap.append(event)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard Self.precedes(event, heap[parent]) else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = event
  }

  mutating func pop() -> Event? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= heap.count { break }
      if child + 1 < heap.count, Self.precedes(heap[child + 1], heap[child]) { child += 1 }
      guard Self.precedes(heap[child], last) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = last
    return first
  }

  private static func precedes(_ one: Event, _ other: Event) -> Bool {
    one.time != other.time ? one.time < other.time : one.order < other.order
  }
}
