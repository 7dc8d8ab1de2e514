import ConfigModel
import ConfigStore

/// The heads that one read showed. Documents whose head is damaged are named beside them.
///
/// So much content is kept as the reader has use for; of the other heads only where they stand.
struct FoundHeads: Sendable {
    private(set) var heads: [PendingHead] = []
    private(set) var damaged: [DamagedVersion] = []
    private let maximumBytes: Int
    private var heldBytes = 0

    /// - Parameter maximumBytes: how much content is kept at most; one head is always whole.
    init(_ heads: [HeadSnapshot] = [], damaged: [DamagedVersion] = [], maximumBytes: Int = .max) {
        self.maximumBytes = maximumBytes
        append(heads, damaged: damaged)
    }

    mutating func append(_ snapshots: [HeadSnapshot], damaged: [DamagedVersion]) {
        for snapshot in snapshots {
            let head = PendingHead.held(snapshot)
            let isKept = heads.isEmpty || heldBytes + head.contentBytes <= maximumBytes
            heads.append(isKept ? head : head.unread)
            if isKept { heldBytes += head.contentBytes }
        }
        self.damaged += damaged
    }

    /// The heads that are kept whole: all of them, if no bound was set.
    var snapshots: [HeadSnapshot] {
        heads.compactMap { if case .held(let snapshot) = $0 { snapshot } else { nil } }
    }
}

extension FoundHeads: ExpressibleByArrayLiteral {
    init(arrayLiteral heads: HeadSnapshot...) { self.init(heads) }
}
