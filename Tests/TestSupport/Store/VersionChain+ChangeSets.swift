package import ConfigModel

extension VersionChain {
    /// The members of a change set: of each document the version that could come next, in the order of the chains.
    ///
    /// - Parameter json: the content that a document gets.
    package static func set(
        following chains: [VersionChain], changeID: String = UUIDText.random(),
        _ json: (DocumentKey) -> String = { #"{"name":"\#($0)"}"# }
    ) -> [VersionRecord] {
        let set = ChangeSet(
            epoch: chains.first?.epoch ?? VersionChain.epoch, changeID: changeID,
            versions: chains.map { ($0.key, ($0.last?.version ?? 0) + 1) })
        return chains.map { $0.following(json($0.key), changeID: changeID, changeSet: set) }
    }

    /// A set of new documents.
    package static func set(_ names: [String], changeID: String = UUIDText.random()) throws -> [VersionRecord] {
        set(following: try names.map { try VersionChain($0) }, changeID: changeID)
    }
}
