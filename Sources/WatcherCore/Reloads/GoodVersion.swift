/// What was applied once and could be applied again.
struct GoodVersion: Sendable, Equatable {
    let layers: DocumentLayers
    let contentHash: String
}

/// The last good versions, newest last.
struct GoodVersions: Sendable {
    static let capacity = 5

    private(set) var versions: [GoodVersion] = []
    /// The first one of this run.
    private(set) var initial: GoodVersion?

    mutating func remember(_ good: GoodVersion) {
        if initial == nil { initial = good }
        versions.removeAll { $0.layers.identity == good.layers.identity }
        versions.append(good)
        if versions.count > Self.capacity { versions.removeFirst() }
    }

    /// The latest one with this version of the watcher's own document.
    func version(_ version: Int64) -> GoodVersion? { versions.last { $0.layers.main?.version == version } }
}
