package import ConfigModel

/// What a reader requires of a head.
package struct HeadOptions: Sendable, Equatable {
    /// Nothing older than this version, inside `epoch` when that is given.
    package var minimumVersion: Int64?
    /// The epoch in which the caller knows versions. A minimum of an earlier epoch means nothing and is ignored.
    package var epoch: Epoch?
    /// As a read of the store shows that began after the call: for those who may have missed an event.
    package var isFresh: Bool

    /// The newest version that is known, by default.
    package init(minimumVersion: Int64? = nil, epoch: Epoch? = nil, isFresh: Bool = false) {
        self.minimumVersion = minimumVersion
        self.epoch = epoch
        self.isFresh = isFresh
    }
}

/// One of several documents whose heads are requested together.
package struct HeadRequest: Sendable, Equatable {
    /// The document.
    package var key: DocumentKey
    /// What it must be at least.
    package var options: HeadOptions

    /// Names a document, and what its head must be at least.
    package init(_ key: DocumentKey, _ options: HeadOptions = HeadOptions()) {
        self.key = key
        self.options = options
    }
}
