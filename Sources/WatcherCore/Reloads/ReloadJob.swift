/// One attempt to change what runs.
package struct ReloadJob: Sendable, Equatable {
    /// What is done.
    package enum Kind: Sendable, Equatable {
        /// Something newer is proven.
        case reload
        /// The newest version is wanted in any case.
        case forced
        /// A version that ran before is wanted.
        case rollback
        /// What runs is wanted again, because a secret that it names changed.
        case reapply
        /// A handler that was stuck came back and has to be called with what runs.
        case bringBack
    }

    /// Counts the attempts of the watcher.
    package let number: Int
    /// What is done.
    package let kind: Kind
    /// What is to run.
    package let layers: DocumentLayers
    /// What made the watcher do it.
    package let trigger: ReloadTrigger
    /// 1, or higher when handlers refused the same before.
    package let attempt: Int

    init(number: Int, kind: Kind, layers: DocumentLayers, trigger: ReloadTrigger = .start, attempt: Int = 1) {
        self.number = number
        self.kind = kind
        self.layers = layers
        self.trigger = trigger
        self.attempt = attempt
    }
    /// The same, because a change set is complete. The first reload and one that is tried again are called what they are.
    package var ofCompleteSet: ReloadJob {
        switch trigger {
        case .start, .retry: self
        case .event, .poll, .file, .manual, .signal, .api, .rollback, .set, .secret:
            ReloadJob(number: number, kind: kind, layers: layers, trigger: .set, attempt: attempt)
        }
    }
}
