import ConfigModel

/// What is proven about each document of a watcher.
///
/// They lie in it one beside the other and change in place: taking one out of a dictionary for every event and response costs
/// more than what is decided about them.
struct LayerProofs: Sendable {
    var main: ProofState
    /// nil without overlay.
    var base: ProofState?

    subscript(layer: Layer) -> ProofState? { layer == .main ? main : base }

    /// All of them.
    var all: [ProofState] { [main] + (base.map { [$0] } ?? []) }

    /// The document's part in the value; nil when it has none.
    func layer(of key: DocumentKey) -> Layer? { main.key == key ? .main : base?.key == key ? .base : nil }

    /// Lets one of them change; returns nil when there is none.
    mutating func change<Result>(_ layer: Layer, _ body: (inout ProofState) -> Result) -> Result? {
        layer == .main ? body(&main) : base?.change(body)
    }

    /// When a tick may have something to do.
    var wake: Instant? { earlier(main.wake, base?.wake) }

    /// Since when it may be that something newer exists; nil while nothing is proven of one of them.
    var lastProof: Instant? {
        guard let base else { return main.lastProof }
        guard let own = main.lastProof, let other = base.lastProof else { return nil }
        return min(own, other)
    }
}

extension ProofState {
    fileprivate mutating func change<Result>(_ body: (inout ProofState) -> Result) -> Result { body(&self) }
}

/// The earlier of two moments, of which each may be missing.
func earlier(_ left: Instant?, _ right: Instant?) -> Instant? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
}
