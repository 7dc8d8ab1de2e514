import ConfigModel

/// The heads that one read showed. Documents whose head is damaged are named beside them.
struct HeadReading: Sendable {
    var heads: [HeadSnapshot] = []
    var damaged: [DamagedVersion] = []

    mutating func append(_ other: HeadReading) {
        heads += other.heads
        damaged += other.damaged
    }
}
