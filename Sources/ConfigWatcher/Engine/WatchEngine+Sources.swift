import ConfigModel
import Logging
import RegistryClient

extension WatchEngine {
    /// A source was lost; it is being established anew.
    func interrupted(by source: String, _ reason: String) {
        count { $0.interruptions += 1 }
        logger?.info(
            "a source of events was lost", metadata: [LogKey.source: "\(source)", LogKey.reason: "\(reason)"])
        for pipeline in pipelines { pipeline.receive(.interrupted(reason: reason)) }
    }

    /// The versions that all followers of a document have from the registry, which need not be told again.
    func confirmedVersions(in selection: WatchSelection) -> [DocumentKey: DocumentVersion] {
        var versions: [DocumentKey: DocumentVersion] = [:]
        for key in documents where selection.includes(key) {
            let known = followers(of: key).map { $0.confirmedVersion(of: key) }
            guard !known.isEmpty, !known.contains(nil) else { continue }
            versions[key] = known.compactMap { $0 }.min { $0.version < $1.version }
        }
        return versions
    }
}

extension WatchPipeline {
    /// The newest version of a document that the registry itself named in this run.
    func confirmedVersion(of key: DocumentKey) -> DocumentVersion? {
        inspect { state in
            let proof = state.proofs.all.first { $0.key == key }
            return proof.flatMap { $0.isConfirmed ? $0.newest : nil }
        }
    }
}
