/// What becomes of a reload whose version has to be applied together with others.
package enum SetNotice: Sendable, Equatable {
    /// The reload waits for others; the sentence says for which.
    case held(job: Int, reason: String)
    /// It goes on, together with the others.
    case begun(job: Int)
    /// It was given up before it began, because something else has to be done first.
    case withdrawn(job: Int)
    /// Others that belong to a version that was refused are tried again: try it again too.
    case reconsider
}
