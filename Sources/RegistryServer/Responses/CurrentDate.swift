import ConfigModel

/// The `Date` of answers, written once a second.
struct CurrentDate {
    private var second: Int64 = .min
    private var text = ""

    mutating func now() -> String {
        let moment = Timestamp.now
        let second = moment.milliseconds / 1_000
        if second != self.second {
            self.second = second
            text = HTTPDate(moment).description
        }
        return text
    }
}
