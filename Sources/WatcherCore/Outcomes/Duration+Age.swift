extension Duration {
    /// How long ago something was, in words: `40 s`, `3 min`, `2 h 5 min`, `12 d 4 h`.
    var asAge: String {
        let seconds = max(0, components.seconds)
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(minutes) min"
        case ..<86_400: minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min"
        default: hours % 24 == 0 ? "\(days) d" : "\(days) d \(hours % 24) h"
        }
    }
}
