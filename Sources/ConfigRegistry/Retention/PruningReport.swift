package import ConfigStore

/// What pruning did, or would do.
package struct PruningReport: Sendable, Equatable {
    /// Documents that were looked at.
    package var documents = 0
    /// The marks that were set, or would be.
    package var marks: [PruneMark] = []
    /// How many versions were let go, or would be.
    package var versions: Int64 = 0
    /// What keeps documents from being pruned: their newest version, or the last one that would go, is damaged.
    package var damaged: [DamagedVersion] = []
    /// True when another registry prunes: nothing was done, or nothing more.
    package var isInterrupted = false
}
