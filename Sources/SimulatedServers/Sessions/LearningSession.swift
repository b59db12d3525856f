/// A session whose server learns of a block after so many requests.
package struct LearningSession: ServerSession {
  private var session: any ServerSession
  /// What comes, and what the server is from then on; nil: it came.
  private var coming: (requests: Int, server: ServerProfile)?
  private var requests = 0

  package var lineEnd: [UInt8] { session.lineEnd }
  package var padding: PaddedSendBuffer.Rule? { session.padding }
  package var maximumLine: Int { session.maximumLine }

  /// - Parameter server: as it is without the block.
  package init(of block: ComingBlock, at server: ServerProfile, over session: any ServerSession) {
    self.session = session
    var server = server
    server.chain = block.chain
    server.comingBlock = nil
    coming = (block.requests, server)
  }

  package func open() -> [SessionEffect] { session.open() }

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    var news: [SessionEffect] = []
    if let next = coming, requests >= next.requests {
      coming = nil
      news = session.update(next.server, at: time)
    }
    requests += 1
    return news + session.receive(line, at: time)
  }

  package mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    coming = nil
    return session.update(server, at: time)
  }
}
