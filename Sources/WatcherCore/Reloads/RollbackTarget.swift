/// Which of the versions that ran before is to run again.
public enum RollbackTarget: Sendable, Equatable {
    /// The one before the one that runs. Each rollback in a row goes one further back.
    case previous
    /// The latest one with this number; with overlay the number of the environment's document.
    case version(Int64)
    /// The latest one whose content has this hash (`sha256:...`), as outcomes and `backups` name it.
    case hash(String)
    /// The one that ran first since the start.
    case initial
}
