/// One attempt to change what runs.
struct ReloadJob: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Something newer is proven.
        case reload
        /// Somebody asked for the newest in any case.
        case forced
        /// Somebody asked for a version that ran before.
        case rollback
        /// A handler that was stuck came back and has to be told what runs.
        case settle
    }

    let number: Int
    let kind: Kind
    let layers: DocumentLayers
}
