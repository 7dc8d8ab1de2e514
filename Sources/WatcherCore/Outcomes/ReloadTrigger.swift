/// Why a reload was made, or a version was looked at.
public enum ReloadTrigger: String, Sendable, CaseIterable {
    /// The watcher began: nothing ran before.
    case start
    /// The source said that something changed.
    case event
    /// The document was read although nothing was announced, and there was something new.
    case poll
    /// A file changed.
    case file
    /// The application called `reload()` or `waitFor`.
    case manual
    /// The process got SIGHUP.
    case signal
    /// An operator used the application's routes.
    case api
    /// An earlier version was requested.
    case rollback
    /// A version that handlers refused was tried again.
    case retry
    /// A change set was complete, so that its versions were applied together. What made the watcher look at a version is the
    /// trigger of the operation before, when it had to wait for the others.
    case set
    /// A secret that the document names changed.
    case secret
}
