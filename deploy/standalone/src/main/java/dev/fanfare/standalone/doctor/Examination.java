package dev.fanfare.standalone.doctor;

import java.util.List;

/** Looks at one part. What is wrong is a finding, never a failure; it takes seconds at most. */
public interface Examination {

    List<Finding> examine();
}
