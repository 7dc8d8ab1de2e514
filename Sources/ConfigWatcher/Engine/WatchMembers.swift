import ConfigModel

/// The watchers of one engine, and which of them follows a document.
struct WatchMembers: Sendable {
    private(set) var pipelines: [ObjectIdentifier: WatchPipeline] = [:]
    private var followers: [DocumentKey: [WatchPipeline]] = [:]
    private(set) var isStopping = false

    /// The documents that are followed.
    var documents: [DocumentKey] { Array(followers.keys) }

    func followers(of key: DocumentKey) -> [WatchPipeline] { followers[key] ?? [] }

    /// Answers false when the engine stops and takes nobody any more.
    mutating func add(_ pipeline: WatchPipeline) -> Bool {
        guard !isStopping else { return false }
        pipelines[ObjectIdentifier(pipeline)] = pipeline
        for key in pipeline.documents { followers[key, default: []].append(pipeline) }
        return true
    }

    mutating func remove(_ pipeline: WatchPipeline) {
        pipelines[ObjectIdentifier(pipeline)] = nil
        for key in pipeline.documents {
            followers[key]?.removeAll { $0 === pipeline }
            if followers[key]?.isEmpty ?? false { followers[key] = nil }
        }
    }

    mutating func stop() { isStopping = true }
}
