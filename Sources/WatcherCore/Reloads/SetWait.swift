/// A reload under way that waits for other documents.
struct SetWait: Sendable, Equatable {
    /// Its number.
    let job: Int
    /// For which, in one sentence.
    let reason: String
    /// It was decided to give it up.
    var isWithdrawing = false
}
