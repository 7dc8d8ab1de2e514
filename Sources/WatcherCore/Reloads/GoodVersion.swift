import ConfigModel

/// What was applied once and could be applied again.
struct GoodVersion: Sendable, Equatable {
    let layers: DocumentLayers
    let contentHash: String
}

/// The last good versions.
///
/// While there is one only, it is the first of this run and lies in `initial`: a document with a single load needs no list.
struct GoodVersions: Sendable {
    private let capacity: Int8
    /// The first one of this run; nil when none are kept.
    private(set) var initial: GoodVersion?
    private var several: [GoodVersion] = []

    /// - Parameter capacity: how many are kept, 0 to 50.
    init(capacity: Int) { self.capacity = Int8(clamping: min(max(0, capacity), 50)) }

    /// What a rollback takes last stands first: what was rolled back from, then the oldest.
    var versions: [GoodVersion] { several.isEmpty ? initial.map { [$0] } ?? [] : several }

    /// Takes what runs from now on.
    ///
    /// - Parameter previous: what ran before. When that was an earlier one, because of a rollback, those that ran after it
    ///   are brought back last.
    mutating func remember(_ good: GoodVersion, after previous: GoodVersion?) {
        guard capacity > 0 else { return }
        guard let initial else {
            self.initial = good
            if !several.isEmpty { append(good) }
            return
        }
        if several.isEmpty {
            guard initial.layers.identity != good.layers.identity else {
                self.initial = good
                return
            }
            several = [initial]
        }
        if let place = previous.flatMap({ place(of: $0) }), place + 1 < several.count {
            several = Array(several[(place + 1)...] + several[...place])
        }
        append(good)
    }

    /// Takes what ran in earlier runs, the oldest first.
    mutating func restore(_ earlier: [GoodVersion]) {
        guard capacity > 0 else { return }
        let present = versions
        let missing = earlier.filter { old in !present.contains { $0.layers.identity == old.layers.identity } }
        guard !missing.isEmpty else { return }
        several = Array((missing + present).suffix(Int(capacity)))
    }

    /// The one that a rollback asks for.
    ///
    /// - Parameter running: what runs.
    func version(_ target: RollbackTarget, running: GoodVersion?) -> GoodVersion? {
        switch target {
        case .initial: initial
        case .version(let number): versions.last { $0.layers.main?.version ?? 0 == number }
        case .hash(let hash): versions.last { $0.contentHash == hash }
        case .previous: previous(of: running)
        }
    }

    private func previous(of running: GoodVersion?) -> GoodVersion? {
        guard let running, let place = versions.lastIndex(where: { $0.layers.identity == running.layers.identity })
        else { return versions.last }
        return place > 0 ? versions[place - 1] : nil
    }

    private func place(of good: GoodVersion) -> Int? {
        several.firstIndex { $0.layers.identity == good.layers.identity }
    }

    private mutating func append(_ good: GoodVersion) {
        several.removeAll { $0.layers.identity == good.layers.identity }
        several.append(good)
        if several.count > capacity { several.removeFirst() }
    }
}
