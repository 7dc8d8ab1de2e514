/// What made the watcher look at each of its documents last, for the history.
struct LookCauses: Sendable {
    private var main = ReloadTrigger.start
    private var base = ReloadTrigger.start

    subscript(layer: Layer) -> ReloadTrigger {
        get { layer == .main ? main : base }
        set { if layer == .main { main = newValue } else { base = newValue } }
    }

    /// All are looked at for this reason.
    mutating func all(_ trigger: ReloadTrigger) { (main, base) = (trigger, trigger) }
}

extension SourceEvent {
    /// True for what says that there may be another version.
    var isAboutChange: Bool {
        switch self {
        case .announced, .served, .mayHaveChanged: true
        case .established, .interrupted, .synced, .proved, .damaged: false
        }
    }
}
